#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

/// What a separator sheet says of the pages behind it. Its QR code (ISO/IEC 18004, TCVN 7322) holds
///   SOHOA:1:<dossier code>:<number>/<of>:<pages>:<series>:<check>
/// in characters of the alphanumeric mode; the check is the first 8 hexadecimal digits of the
/// SHA-512 of what stands before its colon. It finds what a person mistyped or another program
/// made, not what somebody forged.
struct SeparatorSheet {
  std::string code;    ///< dossier code
  int number = 1;      ///< of this sheet in its print, from 1
  int of = 1;          ///< sheets of that print
  int pages = 0;       ///< pages with content that belong to the dossier; 0: not declared
  std::string series;  ///< the same on all sheets of one print: A-Z and 0-9
  bool operator==(const SeparatorSheet&) const = default;
};

std::string separatorPayload(const SeparatorSheet& sheet);

struct SeparatorReading {
  enum class Kind {
    none,            ///< not a code of ours
    sheet,           ///< a separator sheet, and its check value holds
    unknownVersion,  ///< ours, of a version that this program does not know
    checkFailed,     ///< ours, but damaged or not made by sohoa
  };
  Kind kind = Kind::none;
  SeparatorSheet sheet;  ///< for Kind::sheet alone
};
SeparatorReading readSeparatorPayload(std::string_view payload);

/// The dossier codes in a text of another program, for example the address in the QR code of a
/// one-stop receipt; lower case and "%2E" count as well. Each once, in order.
std::vector<std::string> dossierCodesIn(std::string_view text);

}  // namespace sohoa
