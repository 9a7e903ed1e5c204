package org.stratafed.server.client.account;

/// A new login: who it is, and the access token, which is shown this once.
public record LoggedIn(Caller caller, String accessToken) {}
