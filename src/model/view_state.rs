/// What a cell of a matrix is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Normalisation {
    /// Nothing: counts.
    #[default]
    None,
    /// Its row: of those that were so.
    Row,
    /// Its column: of those that were called so.
    Column,
    /// Everything.
    All,
}

/// The order of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As in the artifact.
    #[default]
    File,
    /// As the team says in `careo.toml`.
    Own,
    /// By name, natural sort.
    Name,
    /// Most samples first.
    Support,
    /// Most often predicted first.
    Predicted,
    /// Lowest recall first.
    Recall,
    /// Lowest precision first.
    Precision,
    /// Lowest F1 first.
    F1,
    /// Most errors first.
    Error,
    /// Classes that are confused stand side by side.
    Similarity,
}

/// How a value becomes a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// In proportion.
    #[default]
    Linear,
    /// By the square root.
    Sqrt,
    /// By the logarithm.
    Log,
    /// By rank: as many cells of each colour.
    Quantile,
}

/// What cells of the experiments table show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeltaMode {
    /// The value itself.
    #[default]
    Value,
    /// The difference to the baseline.
    Absolute,
    /// The difference as a share of the baseline.
    Relative,
}
