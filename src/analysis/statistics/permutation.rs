//! Paired permutation tests of the difference of any measures.
//!
//! If nothing had changed, each sample's two answers could as well have come from the other model.
//! Samples with the same class and the same two answers are alike, so only how many of them are
//! swapped counts: a binomial number, whatever the number of samples. Sources: Fisher, The Design of
//! Experiments (1935); Phipson and Smyth, "Permutation p-values should never be zero" (2010).

use super::{
    bootstrap::Cell,
    measure::{Margins, Measure, Sums},
    random::Random,
    tosses::Tosses,
};
use crate::analysis::mcnemar::half_binomial_pmf;

/// Up to so many outcomes are enumerated, however many samples differ: about what the draws cost.
const MAX_OUTCOMES: f64 = (1 << 16) as f64;
/// The most sums over classes that an enumeration may take, unless 20 samples or fewer differ.
const MAX_WORK: f64 = 4e8;
/// The samples that differ up to which it is always enumerated: at most 2²⁰ outcomes.
const ALWAYS_EXACT: f64 = 20.0;

/// What the tests found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permuted {
    /// How many samples got another answer.
    pub n_differing: u64,
    /// Draws, without the sample itself; `None` where every outcome was enumerated.
    pub draws: Option<u32>,
    /// Of each measure: the two-sided probability of a difference at least this large.
    pub p: Vec<f64>,
}

/// Samples of one class with the same two answers, in either order.
struct Group {
    actual: usize,
    answers: [usize; 2],
    /// How many there are.
    n: u32,
    /// For how many the current revision said the second of the answers.
    n_second_now: u32,
}

/// Tests each measure's difference, over the cells of one paired group.
pub fn permutation_tests(
    cells: &[Cell],
    n_classes: usize,
    measures: &[Measure],
    draws: u32,
    seed: u64,
) -> Permuted {
    let groups = groups(cells);
    let n_differing: f64 = groups.iter().map(|it| f64::from(it.n)).sum();
    let mut state = State::new(cells, n_classes, measures, &groups);
    for group in &groups {
        state.answer(group, group.n_second_now, 1.0);
    }
    let observed: Vec<f64> = state.differences().iter().map(|it| it.abs()).collect();
    for group in &groups {
        state.answer(group, group.n_second_now, -1.0);
    }
    let n_outcomes: f64 = groups.iter().map(|it| f64::from(it.n) + 1.0).product();
    let work = n_outcomes * (state.touched.len() * measures.len()) as f64;
    let is_exact = n_differing <= ALWAYS_EXACT || (n_outcomes <= MAX_OUTCOMES && work <= MAX_WORK);
    let mut p = vec![0.0; measures.len()];
    if is_exact {
        let shares: Vec<Vec<f64>> = groups.iter().map(|it| half_binomial(it.n)).collect();
        state.enumerate(&groups, &shares, 1.0, &observed, &mut p);
        for p in &mut p {
            *p = p.min(1.0);
        }
    } else {
        let (mut random, tosses) = (Random::new(seed), tosses(&groups));
        for _ in 0..draws {
            state.draw(&groups, &tosses, &mut random);
            state.count(&observed, 1.0, &mut p);
        }
        for p in &mut p {
            *p = (*p + 1.0) / (f64::from(draws) + 1.0);
        }
    }
    Permuted {
        n_differing: n_differing as u64,
        draws: (!is_exact).then_some(draws),
        p,
    }
}

/// Both margins, of which only the classes that may change are summed anew each time.
struct State<'a> {
    measures: &'a [Measure],
    /// What is the same under every swap.
    fixed: (Margins, Margins),
    /// Baseline, current.
    margins: (Margins, Margins),
    /// Classes that some differing sample was, or was called.
    touched: Vec<usize>,
    /// The sums over all other classes: baseline, current, for each measure.
    rest: Vec<(Sums, Sums)>,
}

impl<'a> State<'a> {
    fn new(cells: &[Cell], n_classes: usize, measures: &'a [Measure], groups: &[Group]) -> Self {
        let mut fixed = (Margins::new(n_classes), Margins::new(n_classes));
        for cell in cells {
            let (Some(before), Some(now)) = (cell.before, cell.now) else {
                continue;
            };
            let actual = before.0 as usize;
            for (margins, said) in [(&mut fixed.0, before.1), (&mut fixed.1, now.1)] {
                // The class is there under every swap, the answer only where both say the same.
                margins.occurs(actual, cell.count);
                if before.1 == now.1 {
                    margins.answer(actual, said as usize, cell.count);
                }
            }
        }
        let mut is_touched = vec![false; n_classes];
        for class in groups.iter().flat_map(|it| it.answers) {
            if let Some(is_touched) = is_touched.get_mut(class) {
                *is_touched = true;
            }
        }
        let rest = measures.iter().map(|measure| {
            let mut sums = (Sums::default(), Sums::default());
            for class in (0..n_classes).filter(|it| !is_touched.get(*it).copied().unwrap_or(true)) {
                measure.add_class(&mut sums.0, &fixed.0, class);
                measure.add_class(&mut sums.1, &fixed.1, class);
            }
            sums
        });
        Self {
            measures,
            rest: rest.collect(),
            margins: fixed.clone(),
            fixed,
            touched: (0..n_classes)
                .filter(|it| is_touched.get(*it) == Some(&true))
                .collect(),
        }
    }

    /// Back to what is the same under every swap.
    fn clear(&mut self) {
        self.margins.0.copy_from(&self.fixed.0);
        self.margins.1.copy_from(&self.fixed.1);
    }

    /// Swaps at random. Called for each draw: a browser compiles a function for speed between two
    /// calls of it only.
    #[inline(never)]
    fn draw(&mut self, groups: &[Group], tosses: &[Tosses], random: &mut Random) {
        self.clear();
        for (group, tosses) in groups.iter().zip(tosses) {
            self.answer(group, tosses.draw(random), 1.0);
        }
    }

    /// Adds (or, with a sign of -1, takes away) a group's answers, the second of them now for so
    /// many.
    fn answer(&mut self, group: &Group, n_second_now: u32, sign: f64) {
        let [first, second] = group.answers;
        let n_now = sign * f64::from(n_second_now);
        let n_before = sign * f64::from(group.n - n_second_now);
        self.margins.0.answer(group.actual, first, n_now);
        self.margins.0.answer(group.actual, second, n_before);
        self.margins.1.answer(group.actual, second, n_now);
        self.margins.1.answer(group.actual, first, n_before);
    }

    fn difference(&self, idx: usize, measure: &Measure) -> f64 {
        let (mut before, mut now) = self.rest.get(idx).copied().unwrap_or_default();
        for &class in &self.touched {
            measure.add_class(&mut before, &self.margins.0, class);
            measure.add_class(&mut now, &self.margins.1, class);
        }
        measure.finish(&now) - measure.finish(&before)
    }

    fn differences(&self) -> Vec<f64> {
        let measures = self.measures.iter().enumerate();
        measures.map(|(idx, it)| self.difference(idx, it)).collect()
    }

    /// Adds `share` to each measure whose difference is at least as large as observed.
    #[inline(never)]
    fn count(&self, observed: &[f64], share: f64, p: &mut [f64]) {
        /// Differences closer than this are equal: sums in another order differ in last bits.
        const EQUAL: f64 = 1e-12;
        let measures = self.measures.iter().enumerate();
        for (((idx, measure), observed), p) in measures.zip(observed).zip(p) {
            if self.difference(idx, measure).abs() >= observed - EQUAL {
                *p += share;
            }
        }
    }

    /// Walks through every outcome of the groups, each with its probability.
    fn enumerate(
        &mut self,
        groups: &[Group],
        shares: &[Vec<f64>],
        share: f64,
        observed: &[f64],
        p: &mut [f64],
    ) {
        let (Some((group, groups)), Some((own, shares))) =
            (groups.split_first(), shares.split_first())
        else {
            return self.count(observed, share, p);
        };
        for (n_second_now, own) in (0..=group.n).zip(own) {
            self.answer(group, n_second_now, 1.0);
            self.enumerate(groups, shares, share * own, observed, p);
            self.answer(group, n_second_now, -1.0);
        }
    }
}

/// How the swaps of each group are drawn; tables take some megabytes at most in all.
fn tosses(groups: &[Group]) -> Vec<Tosses> {
    let mut left = 1_usize << 20;
    let of = |group: &Group| {
        let tosses = Tosses::new(group.n, left);
        left -= tosses.n_places();
        tosses
    };
    groups.iter().map(of).collect()
}

/// The samples that differ, the alike ones together, in ascending order.
fn groups(cells: &[Cell]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for cell in cells {
        let (Some((actual, before)), Some((_, now))) = (cell.before, cell.now) else {
            continue;
        };
        if before == now {
            continue;
        }
        let (first, second) = (before.min(now), before.max(now));
        let n = cell.count as u32;
        groups.push(Group {
            actual: actual as usize,
            answers: [first as usize, second as usize],
            n,
            n_second_now: if now == second { n } else { 0 },
        });
    }
    groups.sort_unstable_by_key(|it| (it.actual, it.answers));
    groups.dedup_by(|next, kept| {
        let is_alike = (next.actual, next.answers) == (kept.actual, kept.answers);
        if is_alike {
            kept.n += next.n;
            kept.n_second_now += next.n_second_now;
        }
        is_alike
    });
    groups
}

/// The probabilities of 0 to `n` heads among `n` tosses.
fn half_binomial(n: u32) -> Vec<f64> {
    /// The largest coefficient is below 2^53 up to here.
    const EXACT: u32 = 56;
    if n > EXACT {
        let n = u64::from(n);
        return (0..=n).map(|k| half_binomial_pmf(k, n)).collect();
    }
    let mut coefficient = 1.0;
    let scale = libm::exp2(-f64::from(n));
    (0..=n)
        .map(|k| {
            let share = coefficient * scale;
            coefficient = coefficient * f64::from(n - k) / f64::from(k + 1);
            share
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        mcnemar::exact_p,
        statistics::{Average, Family},
    };

    fn cell(actual: u32, before: u32, now: u32, count: f64) -> Cell {
        Cell {
            before: Some((actual, before)),
            now: Some((actual, now)),
            count,
        }
    }

    #[test]
    fn the_test_of_accuracy_is_mcnemars() {
        let accuracy = Measure::of(Family::Accuracy);
        // Enumerated: few, and many that are alike; drawn: many that are not.
        for (lost, won) in [(8, 2), (0, 3), (300, 350), (5, 5)] {
            let cells = [
                cell(0, 0, 0, 85.0),
                cell(0, 0, 1, f64::from(lost)),
                cell(0, 1, 0, f64::from(won)),
                cell(1, 0, 0, 81.0),
            ];
            let found = permutation_tests(&cells, 2, &[accuracy], 999, 1);
            assert_eq!(
                (found.draws, found.n_differing),
                (None, (lost + won) as u64)
            );
            let expected = exact_p(lost as u64, won as u64);
            assert!((found.p[0] / expected - 1.0).abs() < 1e-9, "{lost}, {won}");
        }
    }

    #[test]
    fn drawn_and_enumerated_agree() {
        let measures = [
            Measure {
                average: Average::Macro,
                ..Measure::of(Family::F1)
            },
            Measure::of(Family::Kappa),
        ];
        // Ten of each way: 11^6 outcomes, too many unless few are unlike.
        let mut cells = vec![
            cell(0, 0, 0, 40.0),
            cell(1, 1, 1, 50.0),
            cell(2, 2, 2, 60.0),
        ];
        for (actual, lost, won) in [(0, 7, 3), (1, 6, 4), (2, 9, 5)] {
            let other = (actual + 1) % 3;
            cells.push(cell(actual, actual, other, f64::from(lost)));
            cells.push(cell(actual, other, actual, f64::from(won)));
        }
        let exact = permutation_tests(&cells, 3, &measures, 999, 1);
        assert_eq!(exact.draws, None);
        let groups = groups(&cells);
        let mut state = State::new(&cells, 3, &measures, &groups);
        for group in &groups {
            state.answer(group, group.n_second_now, 1.0);
        }
        let observed: Vec<f64> = state.differences().iter().map(|it| it.abs()).collect();
        let (mut random, mut hits) = (Random::new(5), vec![0.0; 2]);
        let draws = 20_000;
        for _ in 0..draws {
            state.clear();
            for group in &groups {
                let n_second_now = random.half_binomial(group.n);
                state.answer(group, n_second_now, 1.0);
            }
            state.count(&observed, 1.0, &mut hits);
        }
        for (hits, exact) in hits.iter().zip(&exact.p) {
            let drawn = hits / f64::from(draws);
            let error = libm::sqrt(exact * (1.0 - exact) / f64::from(draws));
            assert!((drawn - exact).abs() < 4.0 * error, "{drawn}, not {exact}");
        }
    }
}
