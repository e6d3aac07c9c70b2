/** Paces of clients for a lab, which has no quota that anyone else needs. */
export const unpaced = { callsPerSecond: 1000, lookupsPerSecond: 1000, filtersPerSecond: 1000 };
