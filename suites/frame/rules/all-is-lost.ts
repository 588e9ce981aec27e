/** What one frame that can't be decoded does to all queries of the request (FRAME-016, DATA-211). */
export const allIsLost =
  'every query of the request is lost, not only this one: HTTP 500 and "An error occurred within the plugin"; the reason stands only in the server log.'
