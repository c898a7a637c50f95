#pragma once

#include "pdf/structure/revisions.h"

namespace sohoa {

/// Whether a new widget's appearance hides what its page showed before: opaque parts (filled paths,
/// images without a mask) over text, drawings or pictures, or over much of a scanned page. Letters
/// and lines hide nothing. `page`: as revision `before` had it; the widget is of revision `after`.
/// Content that cannot be read counts as hidden.
/// `mere`: lines and drawn grounds, as around the fields of a form, do not count.
bool coversPageContent(const PdfRevisions& file, std::size_t before, const PdfValue& page,
                       std::size_t after, const PdfValue& widget, bool mere = false);

}  // namespace sohoa
