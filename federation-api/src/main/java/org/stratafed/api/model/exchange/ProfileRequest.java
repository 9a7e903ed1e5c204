package org.stratafed.api.model.exchange;

import java.util.Optional;
import org.stratafed.api.model.id.UserId;

/// The question for a user's profile, or for one field of it.
public record ProfileRequest(UserId user, Optional<String> field) {}
