//! What the numbers say: measures, tests, orders, table queries, digits. Pure functions over
//! `model`; transcendental functions come from `libm`, so that page and command line agree.

pub mod direction;
pub mod measures;
