#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace sohoa {

/// A place in the heading that a template leaves open: between "Số:" and the symbol, between
/// "ngày", "tháng" and "năm". Only those that hold ink, or nothing at all, where a number belongs.
struct HeadingSlot {
  enum class Kind { number, day, month };
  Kind kind = Kind::number;
  PixelBox box;         ///< pixels of the image as scanned
  bool filled = false;  ///< there is ink in it
  double pen = 0;  ///< 0 (certainly printed with the rest) .. 1 (put in afterwards: pen, stamp)
};

/// A component of an administrative document (thể thức, NĐ 30/2020/NĐ-CP Annex I; TT 01/2011/TT-BNV
/// before it) with where it came from.
struct DocumentField {
  std::string value{};    ///< NFC, one line; empty when the page alone cannot tell
  std::string source{};   ///< kFromPage, kFromRegister or kKeyed
  std::string text{};     ///< the words on the page it was taken from, as read
  int page = 0;           ///< in its document, from 1; 0: it stands on no page
  PixelBox box{};         ///< around those words, pixels of the page as scanned
  double confidence = 0;  ///< of the least certain of those words, 0..1
  bool suspect = false;   ///< one of those words is suspect, or the grammar of the field is broken
  bool byHand = false;    ///< the page's slot was filled in after printing: nothing was read there
  std::string person{}, reason{};  ///< who keyed it in, and why
  bool operator==(const DocumentField&) const = default;
};

inline constexpr std::string_view kFromPage = "page";
inline constexpr std::string_view kFromRegister = "register";
inline constexpr std::string_view kKeyed = "keyed";

/// Names of fields in metadata.json, `sohoa show` and `sohoa review correct`.
namespace field {
inline constexpr std::string_view kSuperiorAgency = "superior_agency";  ///< cơ quan chủ quản
inline constexpr std::string_view kAgency = "agency";                   ///< cơ quan ban hành
inline constexpr std::string_view kNumber = "number";        ///< số, ký hiệu: 1234/QĐ-STNMT
inline constexpr std::string_view kSymbol = "symbol";        ///< ký hiệu alone: QĐ-STNMT
inline constexpr std::string_view kPlace = "place";          ///< địa danh
inline constexpr std::string_view kDate = "date";            ///< ISO 8601: 2021-09-10
inline constexpr std::string_view kType = "type";            ///< tên loại: QUYẾT ĐỊNH
inline constexpr std::string_view kAbstract = "abstract";    ///< trích yếu
inline constexpr std::string_view kAuthority = "authority";  ///< quyền hạn: KT. GIÁM ĐỐC
inline constexpr std::string_view kSignerTitle = "signer_title";  ///< chức vụ
inline constexpr std::string_view kSigner = "signer";             ///< họ tên
inline constexpr std::string_view kValidity = "validity";         ///< thời hạn có hiệu lực
}  // namespace field

using FieldMap = std::map<std::string, DocumentField, std::less<>>;

/// The fields of one document among the pages of a dossier.
struct DocumentFields {
  int firstPage = 1, lastPage = 1;  ///< among the pages given, from 1
  FieldMap fields;                  ///< only those that stand on its pages
  const DocumentField* find(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? nullptr : &found->second;
  }
  bool operator==(const DocumentFields&) const = default;
};

}  // namespace sohoa
