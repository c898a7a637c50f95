#pragma once

#include "ocr/fields/field_lines.h"

namespace sohoa {

/// Type of document and abstract, from the centred lines below `top`. A letter (công văn) has no
/// name of a type: nothing is found then. `page` is the page's number in the document.
void readTitle(const FieldPage& lines, double top, int page, FieldMap& fields);

}  // namespace sohoa
