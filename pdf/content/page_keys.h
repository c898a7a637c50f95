#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// A key of a page or of what it inherits from (ISO 32000-1, 7.7.3.4), as of a cross-reference
/// section (0: the newest); null when there is none.
PdfValue inheritedOf(const PdfRevisions& file, PdfValue node, std::string_view key,
                     std::size_t section = 0);
/// The page's content streams, decoded and joined by line ends (7.8.2).
std::string contentOf(const PdfRevisions& file, const PdfValue& page, std::size_t section = 0);

}  // namespace sohoa
