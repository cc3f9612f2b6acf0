/**
 * What a picture or page is about, and what its reader may see of it. `secrets`: hidden activities that the reader knows all of
 * (campaign/visibility.ts); `all`: with problems that only coordinators may see.
 */
export interface Scope {
  campaignId: string;
  /** A unit with all that stands under it; null for the whole campaign. */
  unitId: string | null;
  secrets: readonly string[];
  all: boolean;
}
