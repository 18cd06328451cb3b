/** Of the details panels; the manifest's activation event names it too. A file of its own: an activation needs it. */
export const DETAILS_VIEW_TYPE = 'onaScm.details';
