package org.stratafed.server.engine.transaction.inbound;

import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What a transaction has to keep to before anything of it is looked at.
final class TransactionLimits {

    /// A server has one transaction on its way to another; a few more for one that gave up waiting
    /// for an answer, or sends from several processes.
    static final int IN_WORK_PER_ORIGIN_MAX = 4;

    /// For all origins together.
    static final int IN_WORK_MAX = 1_000;

    private static final long RETRY_AFTER_MS = 5_000;

    private TransactionLimits() {}

    /// Why the request as a whole is refused, if it is.
    ///
    /// Too many units are `M_BAD_JSON` with its 400: the body is JSON of a shape that the
    /// specification doesn't have. (`M_TOO_LARGE` would come with a 413, and is about bytes.)
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">
    ///     Transactions</a>
    static Optional<MatrixException> violation(ServerName origin, Transaction transaction) {
        if (!transaction.origin().equals(origin)) {
            return Optional.of(
                    MatrixException.forbidden(
                            "The transaction says it is from "
                                    + transaction.origin()
                                    + ", the request is from "
                                    + origin));
        }
        return tooMany("PDUs", transaction.pdus().size(), Transaction.PDUS_MAX)
                .or(() -> tooMany("EDUs", transaction.edus().size(), Transaction.EDUS_MAX));
    }

    /// The answer to an origin that has too much in work here.
    static MatrixException busy() {
        return new MatrixException(
                MatrixErrorCode.LIMIT_EXCEEDED,
                "Too many transactions at the same time",
                JsonObject.builder().put("retry_after_ms", RETRY_AFTER_MS).build());
    }

    private static Optional<MatrixException> tooMany(String what, int count, int max) {
        return count <= max
                ? Optional.empty()
                : Optional.of(
                        MatrixException.badJson(
                                count
                                        + " "
                                        + what
                                        + " in a transaction; at most "
                                        + max
                                        + " may be"));
    }
}
