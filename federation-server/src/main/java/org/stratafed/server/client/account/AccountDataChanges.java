package org.stratafed.server.client.account;

import java.util.List;

/// Account data since a point in their own sequence, and the point they go up to.
public record AccountDataChanges(long upTo, List<AccountDatum> data) {}
