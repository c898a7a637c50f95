#pragma once

#include <cstddef>
#include <string_view>

#include "ocr/language/folded_text.h"

namespace sohoa {

/// The words that documents and their components begin with (NĐ 30/2020/NĐ-CP, Annex I and III; the
/// papers that people bring). Texts named `folded` are in ASCII capitals, as foldCapitals() gives
/// them.

/// Characters at the start of `folded` that name a type of document ("QUYET DINH"); 0 when none.
std::size_t typeNameLength(std::string_view folded);
/// Whether a line names an agency from its beginning ("SO TAI NGUYEN …", "UBND TINH …").
bool beginsAgency(std::string_view folded);
/// Whether a line goes on with the agency of the line before it ("TINH QUANG BINH").
bool continuesAgency(std::string_view before, std::string_view folded);
/// Whether a line starts with TM., KT., TL., TUQ. or Q.
bool hasAuthorityPrefix(std::string_view folded);
/// Whether a line starts with a signer's title ("PHO GIAM DOC", "NGUOI LAM DON").
bool beginsSignerTitle(std::string_view folded);
/// Whether a line is the issuer in the middle of the page ("GIAM DOC SO …", "UY BAN NHAN DAN …").
bool beginsIssuerLine(std::string_view folded);
/// Whether a line begins the body of a document ("Can cu …", "Kinh gui …", "Dieu 1").
bool beginsBody(std::string_view folded);

}  // namespace sohoa
