#pragma once

#include <string>
#include <string_view>

namespace sohoa::fuzz {

/// Puts a PDF together from a text that a fuzzer can change without breaking every offset: lines
/// "N G obj" start objects, "trailer" starts the keys of a trailer (without << >>), "%rev" ends a
/// revision. Header, cross-references, /Prev, startxref and the numbers of a /ByteRange written as
/// [0 0000000000 0000000000 0000000000] are filled in.
std::string assemble(std::string_view text);

}  // namespace sohoa::fuzz
