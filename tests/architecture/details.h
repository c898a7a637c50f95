#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace sohoa::architecture {

/// Details of an ItemError or a BatchError that have no row in core/texts/detail_text_vi.inc, as
/// "file:line: text": a person would read English inside Vietnamese. A detail that is put together
/// counts piece by piece. Names of variables, files and functions are no sentences.
std::vector<std::string> untranslatedDetails(const SourceTree& tree);

}  // namespace sohoa::architecture
