#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"

namespace sohoa {

/// Mã số hồ sơ TTHC, as the one-stop system issued it; sohoa reads codes and never makes one.
/// TT 01/2018/TT-VPCP Art 19: `V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX`, for example
/// 000.00.12.H46-210910-0001. The newer agency codes of QĐ 20/2020/QĐ-TTg run from left to right
/// (H46.12-210910-0001): both forms are accepted. YYMMDD is the day of receipt and must exist.
class DossierCode {
 public:
  /// Exact form only: no spaces, no lower case.
  static std::optional<DossierCode> parse(std::string_view text);
  const std::string& text() const { return text_; }
  Day receivedOn() const { return receivedOn_; }
  /// urn:sohoa:dossier:<code>, the identifier of its object in the repository.
  std::string objectId() const { return "urn:sohoa:dossier:" + text_; }
  /// Code of its n-th result, NĐ 45/2020 Art 14.3: <code>-KQ<n>, n from 1.
  std::string resultCode(int n) const { return text_ + "-KQ" + std::to_string(n); }
  bool operator==(const DossierCode& other) const { return text_ == other.text_; }
  auto operator<=>(const DossierCode& other) const { return text_ <=> other.text_; }

 private:
  DossierCode(std::string text, Day receivedOn) : text_(std::move(text)), receivedOn_(receivedOn) {}
  std::string text_;
  Day receivedOn_;
};

}  // namespace sohoa
