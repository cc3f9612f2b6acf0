-- Equal words are marked where enough of them stand there. Those that are marked already need not be read again for each rating
-- that says the same.
DROP INDEX rating_words_idx;
CREATE INDEX rating_words_idx ON rating (words, ('same-comment' = ANY (marks))) WHERE words IS NOT NULL;
