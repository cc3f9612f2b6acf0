import type { Param } from '../flow/say.ts';

/** Which page of a list this is, for its title; nothing where there is but one, and on a page that there is not. */
export function pagePart(page: number, pages: number): Param {
  return pages < 2 || page > pages ? '' : { key: 'desk:page', params: { page, pages } };
}
