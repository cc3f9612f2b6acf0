-- Folds the differences of the counts together (see the migration of the tasks). Whoever folds at the same moment finds what is left.
WITH tasks AS (DELETE FROM task_count RETURNING *),
findings AS (DELETE FROM finding_count RETURNING *),
answers AS (DELETE FROM answer_count RETURNING *),
tasks_left AS (
  INSERT INTO task_count (activity_id, due_on, report_on, finish_on, acknowledged, reported, n)
  SELECT activity_id, due_on, report_on, finish_on, acknowledged, reported, sum(n) FROM tasks
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
),
findings_left AS (
  INSERT INTO finding_count (campaign_id, activity_id, n)
  SELECT campaign_id, activity_id, sum(n) FROM findings GROUP BY 1, 2 HAVING sum(n) <> 0
)
INSERT INTO answer_count (activity_id, flow_id, question, done, total, n, bare)
SELECT activity_id, flow_id, question, sum(done), sum(total), sum(n), sum(bare) FROM answers
GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(bare) <> 0
