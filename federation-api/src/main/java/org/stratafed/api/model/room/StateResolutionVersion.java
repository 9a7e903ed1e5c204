package org.stratafed.api.model.room;

/// Which algorithm makes one state of several.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#state-resolution">State resolution</a>
public enum StateResolutionVersion {
    V1,
    V2,
    /// V2 from an empty state, with the conflicted state subgraph. The number is MSC4297's.
    V2_1
}
