package org.stratafed.server.store.sql;

import java.util.concurrent.atomic.LongAdder;

/// What was done on one database since it was opened. Statements that only frame others (savepoints
/// and the like) don't count.
public final class SqlCounters {

    private final LongAdder statements = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder commits = new LongAdder();

    /// Statements executed; a batch counts one for each of its rows.
    public long statements() {
        return statements.sum();
    }

    /// Pieces of work that only read.
    public long reads() {
        return reads.sum();
    }

    /// Pieces of work that write. Several share a commit.
    public long writes() {
        return writes.sum();
    }

    /// Commits that succeeded.
    public long commits() {
        return commits.sum();
    }

    void onStatement() {
        statements.increment();
    }

    public void onRead() {
        reads.increment();
    }

    public void onWrite() {
        writes.increment();
    }

    public void onCommit() {
        commits.increment();
    }
}
