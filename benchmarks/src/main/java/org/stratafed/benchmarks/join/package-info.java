/// What it costs to join a large room: time beside that of its signatures, memory beside the size
/// of what the other server sends.
package org.stratafed.benchmarks.join;
