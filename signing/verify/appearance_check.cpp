#include "signing/verify/appearance_check.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "core/texts/text.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Says = SignatureReport::Appearance::Says;

char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 0x20;
  // Latin Extended-A and the Vietnamese letters come in pairs, capital first.
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x1ea0 && c <= 0x1eff)) return c | 1;
  if (c == 0x1a0) return 0x1a1;
  return c == 0x1af ? 0x1b0 : c;
}

/// Lower-case letters, with spaces for line ends.
std::u32string folded(std::string_view utf8) {
  std::u32string all = codePoints(utf8);
  for (char32_t& c : all) c = c == '\n' ? ' ' : lower(c);
  return all;
}

bool isLetter(char32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 0xc0; }

std::u32string lettersOf(std::u32string text) {
  std::erase_if(text, [](char32_t c) { return !isLetter(c); });
  return text;
}

/// Whether accents are separate (combining) characters; such text cannot be compared letter by
/// letter.
bool isDecomposed(const std::u32string& text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return c >= 0x300 && c < 0x370; });
}

/// Entries of the subject that name the signer.
std::vector<std::u32string> namesOf(const X509* signer) {
  std::vector<std::u32string> names;
  const X509_NAME* subject = X509_get_subject_name(signer);
  for (int i = 0; i < X509_NAME_entry_count(subject); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(subject, i);
    const int kind = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
    if (kind != NID_commonName && kind != NID_organizationName && kind != NID_givenName &&
        kind != NID_surname && kind != NID_pseudonym && kind != NID_pkcs9_emailAddress) {
      continue;
    }
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
    if (size < 0) continue;
    const std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    std::u32string name = lettersOf(folded(text));
    if (name.size() >= 3 && !isDecomposed(name)) names.push_back(std::move(name));
  }
  return names;
}

constexpr const char* kNameLabels[] = {"signed by", "ký bởi", "người ký", "signer:", "ký tên:"};
constexpr const char* kNextLabels[] = {
    "date:", "ngày",  "thời gian", "ký ngày", "reason:", "lý do",   "location", "địa điểm",
    "dn:",   "time:", "cơ quan",   "chức vụ", "email",   "contact", "nơi ký"};

/// The text after the first of these labels, up to the next label.
std::optional<std::u32string> labelled(const std::u32string& text) {
  for (const char* label : kNameLabels) {
    const std::u32string words = codePoints(label);
    std::size_t at = text.find(words);
    if (at == std::u32string::npos) continue;
    at += words.size();
    std::size_t end = text.size();
    for (const char* next : kNextLabels) end = std::min(end, text.find(codePoints(next), at));
    return text.substr(at, end - at);
  }
  return std::nullopt;
}

Says nameSaid(const std::u32string& text, const X509* signer) {
  if (signer == nullptr || isDecomposed(text)) return Says::nothing;
  const std::vector<std::u32string> names = namesOf(signer);
  if (names.empty()) return Says::nothing;
  const auto named = [&](const std::u32string& in) {
    return std::any_of(names.begin(), names.end(), [&](const std::u32string& name) {
      return in.find(name) != std::u32string::npos;
    });
  };
  const auto claimed = labelled(text);
  const std::u32string letters = lettersOf(claimed ? *claimed : text);
  if (named(letters)) return Says::same;
  constexpr std::size_t kFewest = 4;
  if (!claimed || letters.size() < kFewest) return Says::nothing;
  // The name may have been cut short.
  const bool part = std::any_of(names.begin(), names.end(), [&](const std::u32string& name) {
    return name.find(letters) != std::u32string::npos;
  });
  return part ? Says::same : Says::other;
}

/// A date in digits, year first or day first, or with the Vietnamese words tháng and năm.
struct SeenDate {
  std::chrono::sys_days day;
  bool ofSigning = false;  ///< followed by a time of day, or preceded by a label of dates
};

class DateReader {
 public:
  explicit DateReader(const std::u32string& text) : text_(text) {}

  std::vector<SeenDate> read() {
    std::vector<SeenDate> found;
    for (std::size_t at = 0; at < text_.size() && found.size() < 50;) {
      const bool starts = isDigit(at) && (at == 0 || !isDigit(at - 1));
      std::size_t end = at;
      const auto day = starts ? dateAt(end) : std::nullopt;
      if (!day) {
        ++at;
        continue;
      }
      found.push_back({*day, timeFollows(end) || wordPrecedes(at)});
      at = end;
    }
    return found;
  }

 private:
  bool isDigit(std::size_t at) const {
    return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
  }
  std::optional<int> number(std::size_t& at, std::size_t most) const {
    int value = 0;
    const std::size_t first = at;
    while (isDigit(at) && at - first < most)
      value = value * 10 + static_cast<int>(text_[at++] - '0');
    if (at == first || isDigit(at)) return std::nullopt;
    return value;
  }
  /// Skips a separator between numbers, or the Vietnamese word in its place.
  bool separator(std::size_t& at, const char* word) const {
    if (at < text_.size() && (text_[at] == '-' || text_[at] == '/' || text_[at] == '.')) {
      ++at;
      return true;
    }
    const std::u32string words = codePoints(word);
    if (text_.compare(at, words.size(), words) != 0) return false;
    at += words.size();
    return true;
  }
  std::optional<std::chrono::sys_days> dateAt(std::size_t& at) const {
    const auto a = number(at, 4);
    if (!a || !separator(at, " tháng ")) return std::nullopt;
    const auto b = number(at, 2);
    if (!b || !separator(at, " năm ")) return std::nullopt;
    const auto c = number(at, 4);
    if (!c) return std::nullopt;
    const int year = *a > 31 ? *a : *c, day = *a > 31 ? *c : *a;
    const Day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(*b)),
                   std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || year < 1900) return std::nullopt;
    return std::chrono::sys_days{date};
  }
  bool timeFollows(std::size_t at) const {
    for (std::size_t skipped = 0; skipped < 3 && !isDigit(at); ++skipped) ++at;
    return number(at, 2).has_value() && at < text_.size() && text_[at] == ':' && isDigit(at + 1);
  }
  bool wordPrecedes(std::size_t at) const {
    const std::size_t from = at > 25 ? at - 25 : 0;
    const std::u32string before = text_.substr(from, at - from);
    return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* word) {
      return before.find(codePoints(word)) != std::u32string::npos;
    });
  }
  static constexpr const char* kWords[] = {"date:", "ngày ký", "ký ngày", "thời gian", "signed on"};

  const std::u32string& text_;
};

Says timeSaid(const std::u32string& text, const std::optional<Time>& claimed) {
  if (!claimed) return Says::nothing;
  const std::chrono::sys_days day{vietnamDay(*claimed)};
  bool other = false;
  for (const SeenDate& seen : DateReader(text).read()) {
    // In another time zone the date may differ by one day.
    if (std::abs((seen.day - day).count()) <= 1) return Says::same;
    other = other || seen.ofSigning;
  }
  return other ? Says::other : Says::nothing;
}

}  // namespace

void checkAppearance(AppearanceReader& reader, const SignatureField& field, const X509* signer,
                     SignatureReport& report) {
  SignatureReport::Appearance& out = report.appearance;
  const auto warn = [&](const char* words) { out.warnings.emplace_back(words); };
  try {
    const WidgetAppearance appearance = reader.appearanceOf(field);
    out.painted = appearance.painted;
    out.page = appearance.page;
    out.wasSigned = appearance.wasSigned;
    out.unchanged = appearance.unchanged;
    out.text = appearance.text;
  } catch (const PdfSyntaxError&) {
    warn(textId("What the signature shows cannot be read."));
    return;
  }
  if (!out.painted) return;
  if (out.page == 0) warn(textId("The signature shows something, but no page shows it."));
  if (!out.wasSigned) warn(textId("What the signature shows was not there when it was made."));
  if (out.wasSigned && !out.unchanged) {
    warn(textId("What the signature shows was changed after it was made."));
  }
  const std::u32string text = folded(out.text);
  out.name = nameSaid(text, signer);
  out.time = timeSaid(text, report.claimedAt);
  if (out.name == Says::other) {
    warn(textId("What the signature shows names another signer than its certificate."));
  }
  if (out.time == Says::other) {
    warn(textId("What the signature shows gives another day than the signer's claim."));
  }
}

}  // namespace sohoa
