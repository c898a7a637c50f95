#pragma once

#include "pdf/structure/revisions.h"

namespace sohoa {

/// Whether an image XObject hides what is under it: without a mask, or with one that lets little
/// through. A mask that cannot be read counts as none.
bool imageHides(const PdfRevisions& file, std::size_t section, const PdfObject& image);

}  // namespace sohoa
