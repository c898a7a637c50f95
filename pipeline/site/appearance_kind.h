#pragma once

#include <optional>
#include <string_view>

namespace sohoa {

/// Who signs what. Each case has its own place, image and text.
enum class AppearanceCase {
  copy,        ///< the agency, on a digitised or electronic copy: NĐ 30/2020, Annex I (no image)
  incoming,    ///< the agency, on incoming paper that was scanned: TT 01/2019/TT-BNV (seal)
  agency,      ///< the agency, on an electronic original: its seal on a third of the signature
  person,      ///< an authorised person, on an electronic original: the image of the hand signature
  attachment,  ///< the agency, on an attachment in a file of its own: number of the main document
  scan,        ///< who scanned, with their own key: TT 01/2023/TT-VPCP, Art 8
};
/// "copy", "incoming", …
std::optional<AppearanceCase> appearanceCaseFromName(std::string_view name);
/// Signed by a person, never with the agency's key.
inline bool isPersonal(AppearanceCase what) {
  return what == AppearanceCase::person || what == AppearanceCase::scan;
}

}  // namespace sohoa
