/// What the parts of the engine cost, each beside the limit that it can't go below.
///
/// Times are of one machine; what counts are the ratios within one run.
package org.stratafed.benchmarks;
