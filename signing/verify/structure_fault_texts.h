#pragma once

#include "pdf/structure/signature_fields.h"

namespace sohoa {

/// A message id that says the fault; "" for none.
const char* wordsOf(SignatureFault fault);
/// The byte range can be hashed although something about it is wrong.
bool canBeHashed(SignatureFault fault);

}  // namespace sohoa
