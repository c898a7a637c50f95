#pragma once

#include <string_view>

namespace sohoa::fuzz {

/// Any bytes as a PDF: revisions, form, changes, signatures. What does not begin as a PDF is put
/// together first (assemble.h), so that changes reach the objects. Ends the program when something
/// is valid: nothing may be, without anchors.
void verifyAnything(std::string_view bytes);
/// Any bytes as /Contents, in every use, and as revocation data.
void readAnyCms(std::string_view bytes);

}  // namespace sohoa::fuzz
