#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace sohoa::architecture {

/// What is wrong between the texts that the sources say and the table of their Vietnamese,
/// core/texts/text_vi*.inc; one sentence each:
/// - a text of tr(), say() or textId() has no row (every literal in the text's place counts, both
/// of
///   `ok ? "valid" : "invalid"`), or the same row stands twice;
/// - a row whose English no source has as a literal any more;
/// - a row without Vietnamese, with Vietnamese not in NFC, or with other placeholders in it.
std::vector<std::string> brokenTexts(const SourceTree& tree);

/// The placeholders of an fmt text in a form to compare: argument number and format, sorted.
/// "{} of {:.1f}" and "{1:.1f} / {0}" give the same. Throws std::runtime_error on a stray brace.
std::vector<std::string> placeholdersOf(const std::string& text);

/// Whether it is UTF-8 in composed form.
bool isNfc(const std::string& text);

}  // namespace sohoa::architecture
