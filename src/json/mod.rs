//! JSON of other tools, read leniently and with its place kept: bare `NaN`/`Infinity`, integers of
//! any length, a depth limit, the last of duplicate keys.
