package org.stratafed.api.layer.messaging;

/// A homeserver's rooms and users as people see them: the only layer that the rest of a homeserver
/// or an embedding product touches. One facet per noun.
///
/// Calls fail with a [org.stratafed.api.model.error.MatrixException] when the answer is an error.
public interface MessagingLayer {

    Rooms rooms();

    Memberships memberships();

    Timeline timeline();

    Directory directory();

    Profiles profiles();
}
