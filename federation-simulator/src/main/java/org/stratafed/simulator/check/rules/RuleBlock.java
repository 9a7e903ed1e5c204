package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// One of the numbered rules at the top level of a room version's text, with all that is indented
/// under it. It allows the event, rejects it, or leaves it to the rules that follow.
///
/// The numbers that it gives are those within the block: where the block stands in the text is the
/// [Edition]'s matter. Each is to be read side by side with the text, and is as long-winded as the
/// text is: nothing is drawn together for being alike.
interface RuleBlock {

    Optional<Ruling> apply(Terms terms);
}
