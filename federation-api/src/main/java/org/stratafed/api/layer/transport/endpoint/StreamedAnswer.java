package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.json.JsonPart;
import org.stratafed.api.model.json.JsonValue;

/// An endpoint whose answer may be too large to be held whole: it is an object, and read part by
/// part.
///
/// @param endpoint as it is asked, and answered by us
/// @param arrays the members that have to be there, and be arrays or `null`
/// @param partBytesMax the largest part that is accepted
/// @param parts what is made of a part
/// @param <Q> the question
/// @param <P> a part of the answer
public record StreamedAnswer<Q, P>(
        Endpoint<Q, ?> endpoint, List<String> arrays, int partBytesMax, PartReader<P> parts) {

    /// What is made of a part of the answer.
    @FunctionalInterface
    public interface PartReader<P> {

        /// Empty for what says nothing to us. Fails with an [IllegalArgumentException] saying what
        /// is wrong, when the part has not the endpoint's shape.
        ///
        /// @param where which part it is
        /// @param value what it says
        Optional<P> read(JsonPart where, JsonValue value);
    }
}
