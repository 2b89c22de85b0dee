/**
 * What tells where the file of a recording is, each with the column that names the storage in which the file lay when this
 * was written, where it lies there no longer. That storage may be gone: then nobody sees it.
 */
export const fileAddresses = [
  { field: 'fileUrl', of: 'fileUrlOfId' },
  { field: 'fileName', of: 'fileNameOfId' },
] as const;

/** The id of no storage: where the viewers of several would all have to agree. */
export const ofNobody = '00000000-0000-0000-0000-000000000000';
