#pragma once

#include <optional>
#include <string_view>

namespace sohoa {

/// The cases of a visible signature. Each has its own position, image and text.
enum class AppearanceCase {
  copy,      ///< the agency, on a digitised or electronic copy: NĐ 30/2020, Annex I (no image)
  incoming,  ///< the agency, on scanned incoming paper: TT 01/2019/TT-BNV (seal)
  agency,    ///< the agency, on an electronic original: the seal covers a third of the signature
  person,    ///< an authorised person, on an electronic original: the image of the hand signature
  /// the agency, on an attachment kept as a separate file: shows the main document's number
  attachment,
  scan,  ///< the person who scanned, with their own key: TT 01/2023/TT-VPCP, Art 8
};
/// Parses "copy", "incoming", …
std::optional<AppearanceCase> appearanceCaseFromName(std::string_view name);
/// True for signatures made by a person, never with the agency's key.
inline bool isPersonal(AppearanceCase what) {
  return what == AppearanceCase::person || what == AppearanceCase::scan;
}

}  // namespace sohoa
