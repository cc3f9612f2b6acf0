import pg from 'pg';

type Query = (...words: unknown[]) => unknown;

/**
 * A connection that sends its queries one after another. pg 8 does so by itself but warns, and pg 9 will refuse; Prisma
 * still asks for several relations of one transaction at once (seen with @prisma/adapter-pg 7.10.1).
 */
export class SerialClient extends pg.Client {
  private last: Promise<unknown> = Promise.resolve();
  private underWay = 0;

  // The declared overloads differ only in how the result comes back, which is passed through.
  override query = ((...words: unknown[]) => {
    const query = pg.Client.prototype.query as Query;
    const send = () => query.apply(this, words);
    // Callbacks and query objects are pg's own bookkeeping; the pool uses them on idle connections only.
    if (typeof words.at(-1) === 'function' || hasSubmit(words[0])) return send();
    const sent = (this.underWay === 0 ? send() : this.last.then(send)) as Promise<unknown>;
    this.underWay += 1;
    this.last = sent.then(this.done, this.done);
    return sent;
  }) as typeof pg.Client.prototype.query;

  private done = () => {
    this.underWay -= 1;
  };
}

function hasSubmit(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'submit' in query;
}
