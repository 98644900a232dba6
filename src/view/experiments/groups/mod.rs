//! Experiments in groups: runs with the same parameters but one, as one row.
//!
//! `shown` has the groups and what their cells say, `table` the tree of them, `sheet` what is
//! copied.

mod choice;
mod row;
mod sheet;
mod shown;
mod table;

pub(super) use choice::group_choice;
pub(super) use sheet::groups_sheet;
pub(super) use table::groups_table;
