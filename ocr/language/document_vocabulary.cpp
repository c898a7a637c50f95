#include "ocr/language/document_vocabulary.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ocr/language/folded_text.h"

namespace sohoa {
namespace {

// clang-format off
/// NĐ 30/2020 Annex III, the names of normative texts, and of the papers that people bring.
constexpr std::array<std::string_view, 60> kTypes = {
    "NGHI QUYET LIEN TICH", "THONG TU LIEN TICH", "NGHI QUYET", "NGHI DINH", "QUYET DINH",
    "CHI THI", "QUY CHE", "QUY DINH", "THONG CAO", "THONG BAO", "HUONG DAN", "CHUONG TRINH",
    "KE HOACH", "PHUONG AN", "DE AN", "DU AN", "BAO CAO", "BIEN BAN", "TO TRINH", "HOP DONG",
    "CONG DIEN", "BAN GHI NHO", "BAN THOA THUAN", "GIAY UY QUYEN", "GIAY MOI", "GIAY GIOI THIEU",
    "GIAY NGHI PHEP", "PHIEU GUI", "PHIEU CHUYEN", "PHIEU BAO", "THU CONG", "LUAT", "PHAP LENH",
    "THONG TU", "LENH", "GIAY PHEP", "GIAY XAC NHAN", "GIAY CHUNG NHAN", "GIAY DE NGHI",
    "GIAY BIEN NHAN", "DON DE NGHI", "DON DANG KY", "DON XIN", "DON KHIEU NAI", "DON TO CAO",
    "DON YEU CAU", "DON XAC NHAN", "TO KHAI", "BAN CAM KET", "BAN KE", "BAN SAO", "TRICH SAO",
    "SAO LUC", "VAN BAN", "PHIEU TIEP NHAN", "PHIEU YEU CAU", "GIAY TIEP NHAN", "PHIEU TRINH",
    "CONG VAN", "GIAY BAO"};

constexpr std::array<std::string_view, 58> kAgencies = {
    "UBND", "UY BAN", "HDND", "HOI DONG", "SO", "BO", "TONG CUC", "CUC", "CHI CUC", "PHONG",
    "VAN PHONG", "BAN", "TRUNG TAM", "THANH TRA", "CHINH PHU", "THU TUONG", "VIEN",
    "TRUONG DAI HOC", "TRUONG CAO DANG", "TRUONG TRUNG HOC", "CONG TY", "TONG CONG TY", "TAP DOAN",
    "DOAN", "HAT", "DOI", "CHI NHANH", "KHO BAC", "NGAN HANG", "BAO HIEM", "CONG AN", "TOA AN",
    "VIEN KIEM SAT", "QUY", "HOI", "LIEN DOAN", "QUOC HOI", "CHU TICH NUOC", "DANG", "TINH UY",
    "HUYEN UY", "THANH UY", "TO CONG TAC", "KIEM TOAN", "DOANH NGHIEP", "HOP TAC XA", "BENH VIEN",
    "NHA MAY", "CANG VU", "VUON QUOC GIA", "TRAM", "VU", "BQL", "HOC VIEN", "TAND", "VKSND", "KHU",
    "TRUONG"};

constexpr std::array<std::string_view, 72> kTitles = {
    "GIAM DOC", "PHO GIAM DOC", "TONG GIAM DOC", "PHO TONG GIAM DOC", "CHU TICH", "PHO CHU TICH",
    "TRUONG PHONG", "PHO TRUONG PHONG", "TRUONG BAN", "PHO TRUONG BAN", "TRUONG DOAN",
    "PHO TRUONG DOAN", "DOAN TRUONG", "CHANH VAN PHONG", "PHO CHANH VAN PHONG", "CHANH THANH TRA",
    "PHO CHANH THANH TRA", "CUC TRUONG", "PHO CUC TRUONG", "CHI CUC TRUONG", "PHO CHI CUC TRUONG",
    "TONG CUC TRUONG", "PHO TONG CUC TRUONG", "VU TRUONG", "PHO VU TRUONG", "BO TRUONG",
    "THU TRUONG", "VIEN TRUONG", "PHO VIEN TRUONG", "HIEU TRUONG", "PHO HIEU TRUONG", "THU TUONG",
    "PHO THU TUONG", "TONG THU KY", "THU KY", "BI THU", "PHO BI THU", "DOI TRUONG", "HAT TRUONG",
    "TO TRUONG", "NGUOI LAM DON", "NGUOI VIET DON", "NGUOI DE NGHI", "NGUOI KHAI", "NGUOI NOP",
    "NGUOI DANG KY", "NGUOI YEU CAU", "NGUOI DUNG DON", "NGUOI LAP", "NGUOI GHI", "NGUOI SU DUNG",
    "CHU DU AN", "CHU DAU TU", "CHU HO", "CHU SU DUNG", "DAI DIEN", "CHU CO SO", "QUYEN",
    "CHANH AN", "PHO CHANH AN", "TONG BIEN TAP", "KE TOAN TRUONG", "TRAM TRUONG", "PHO TRAM TRUONG",
    "TRUONG TRAM", "CHU NHIEM", "PHO CHU NHIEM", "TRUONG KHOA", "TONG THANH TRA", "NGUOI NHAN",
    "TRUONG CONG AN", "UY VIEN"};

constexpr std::array<std::string_view, 24> kIssuers = {
    "GIAM DOC", "CHU TICH", "UY BAN NHAN DAN", "UBND", "HOI DONG NHAN DAN", "BO TRUONG",
    "TONG CUC TRUONG", "CUC TRUONG", "CHI CUC TRUONG", "TRUONG PHONG", "TRUONG BAN", "THU TUONG",
    "CHINH PHU", "CHANH THANH TRA", "CHANH VAN PHONG", "QUOC HOI", "VIEN TRUONG", "HIEU TRUONG",
    "SO TAI NGUYEN", "TONG GIAM DOC", "UY BAN", "TRUONG DOAN", "HOI DONG", "CHU TICH NUOC"};

constexpr std::array<std::string_view, 26> kBodies = {
    "CAN CU", "XET", "THEO DE NGHI", "DIEU 1", "DIEU I", "HOM NAY", "KINH GUI", "THUC HIEN", "I",
    "1", "TEN TOI", "TOI", "TEN", "QUYET DINH:", "CHUNG NHAN", "XAC NHAN", "SO TAI NGUYEN", "NGAY",
    "DE NGHI", "VAO HOI", "HO VA TEN", "THAY MAT", "PHAN I", "MUC I", "A", "CHUNG TOI"};
// clang-format on

template <std::size_t N>
bool startsWithOne(std::string_view folded, const std::array<std::string_view, N>& heads) {
  return std::any_of(heads.begin(), heads.end(), [&](std::string_view head) {
    if (folded.substr(0, head.size()) != head) return false;
    return folded.size() == head.size() ||
           !std::isalnum(static_cast<unsigned char>(folded[head.size()]));
  });
}

}  // namespace

std::size_t typeNameLength(std::string_view folded) {
  std::size_t best = 0;
  for (const std::string_view type : kTypes) {
    if (type.size() > folded.size() || type.size() <= best) continue;
    const std::string_view head = folded.substr(0, type.size());
    const bool whole = folded.size() == type.size() ||
                       !std::isalnum(static_cast<unsigned char>(folded[type.size()]));
    // One misread letter in seven is forgiven: the reading itself is kept.
    if (whole && difference(head, type) <= 0.15) best = type.size();
  }
  return best;
}

bool beginsAgency(std::string_view folded) { return startsWithOne(folded, kAgencies); }

bool continuesAgency(std::string_view before, std::string_view folded) {
  static constexpr std::array<std::string_view, 22> kPlaces = {
      "TINH", "HUYEN",     "XA",      "PHUONG", "THI XA",   "THI TRAN", "THANH PHO", "TP",
      "TP.",  "QUAN",      "KHU VUC", "TX",     "VA",       "MOI",      "TRUONG",    "DAT",
      "NUOC", "CONG NGHE", "THONG",   "QUANG",  "VIET NAM", "LOAI"};
  static constexpr std::array<std::string_view, 8> kOpenEnds = {" VA", " MOI", " CUA", " TAI",
                                                                ",",   " -",   " KY",  " VE"};
  if (startsWithOne(folded, kPlaces)) return true;
  return std::any_of(kOpenEnds.begin(), kOpenEnds.end(),
                     [&](std::string_view end) { return before.ends_with(end); });
}

bool hasAuthorityPrefix(std::string_view folded) {
  static constexpr std::array<std::string_view, 9> kPrefixes = {"TM",  "KT",  "TL",  "TUQ", "Q",
                                                                "T/M", "K/T", "T/L", "TUN"};
  for (const std::string_view prefix : kPrefixes) {
    if (folded.size() < prefix.size() + 3 || folded.substr(0, prefix.size()) != prefix) continue;
    const char next = folded[prefix.size()];
    if (next == '.' || next == ',' || next == ':') return true;
    if (next == ' ' && prefix.size() > 1) return true;
  }
  return false;
}

bool beginsSignerTitle(std::string_view folded) { return startsWithOne(folded, kTitles); }
bool beginsIssuerLine(std::string_view folded) { return startsWithOne(folded, kIssuers); }
bool beginsBody(std::string_view folded) {
  return startsWithOne(folded, kBodies) || folded.starts_with("- ") || folded.starts_with("1.") ||
         folded.starts_with("I.");
}

}  // namespace sohoa
