#pragma once

#include "pdf/structure/signature_fields.h"

namespace sohoa {

/// Message id of the fault; "" for none.
const char* wordsOf(SignatureFault fault);
/// Whether the byte range can be hashed in spite of the fault.
bool canBeHashed(SignatureFault fault);

}  // namespace sohoa
