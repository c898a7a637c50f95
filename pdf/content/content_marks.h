#pragma once

#include <string>
#include <vector>

#include "pdf/content/page_marks.h"

namespace sohoa {

/// Marks of one content stream and of the forms it draws. Bounded; throws PdfSyntaxError for
/// streams that cannot be decoded.
std::vector<PageMark> contentMarks(const PdfRevisions& file, const std::string& content,
                                   const PdfValue& resources, double pageArea);
/// Whether a box is what everything else of the page stands on.
bool isGround(const PageMark& box, double pageArea);

}  // namespace sohoa
