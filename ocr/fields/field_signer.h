#pragma once

#include "ocr/fields/field_lines.h"

namespace sohoa {

/// Authority (TM., KT., TL., TUQ.), title and name of who signed, from the block at the right of
/// the page's lower part. False when the page has no such block. Of several signers side by side
/// the rightmost is taken: that is where the head of the agency or of the party signs.
bool readSigner(const FieldPage& lines, double top, int page, FieldMap& fields);

}  // namespace sohoa
