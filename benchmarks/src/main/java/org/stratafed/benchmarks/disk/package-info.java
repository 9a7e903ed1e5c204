/// What a room takes on the disk.
package org.stratafed.benchmarks.disk;
