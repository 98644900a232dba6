//! The command line's work: scan inputs, write bundle, site and packed file, serve. Native only.
