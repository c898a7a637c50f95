#include "ocr/language/syllable.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace sohoa {
namespace {

// Each vowel with its five tones: level, acute, grave, hook, tilde, dot.
constexpr std::array<std::u32string_view, 12> kVowels = {
    U"aáàảãạ", U"ăắằẳẵặ", U"âấầẩẫậ", U"eéèẻẽẹ", U"êếềểễệ", U"iíìỉĩị",
    U"oóòỏõọ", U"ôốồổỗộ", U"ơớờởỡợ", U"uúùủũụ", U"ưứừửữự", U"yýỳỷỹỵ"};
constexpr std::array<std::u32string_view, 12> kCapitals = {
    U"AÁÀẢÃẠ", U"ĂẮẰẲẴẶ", U"ÂẤẦẨẪẬ", U"EÉÈẺẼẸ", U"ÊẾỀỂỄỆ", U"IÍÌỈĨỊ",
    U"OÓÒỎÕỌ", U"ÔỐỒỔỖỘ", U"ƠỚỜỞỠỢ", U"UÚÙỦŨỤ", U"ƯỨỪỬỮỰ", U"YÝỲỶỸỴ"};
constexpr std::u32string_view kConsonants = U"bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX";

const std::unordered_map<char32_t, LetterParts>& letterTable() {
  static const auto kTable = [] {
    std::unordered_map<char32_t, LetterParts> table;
    for (std::size_t v = 0; v < kVowels.size(); ++v) {
      for (std::size_t tone = 0; tone < 6; ++tone) {
        const int t = static_cast<int>(tone);
        table[kVowels[v][tone]] = {kVowels[v][0], t, false, true};
        table[kCapitals[v][tone]] = {kVowels[v][0], t, true, true};
      }
    }
    const std::size_t half = kConsonants.size() / 2;
    for (std::size_t i = 0; i < kConsonants.size(); ++i) {
      table[kConsonants[i]] = {kConsonants[i % half], 0, i >= half, true};
    }
    return table;
  }();
  return kTable;
}

// Longest first: ngh before ng before n; gi and qu are onsets of their own.
constexpr std::array<std::u32string_view, 28> kOnsets = {
    U"ngh", U"ch", U"gh", U"gi", U"kh", U"ng", U"nh", U"ph", U"qu", U"th", U"tr", U"b", U"c", U"d",
    U"đ",   U"g",  U"h",  U"k",  U"l",  U"m",  U"n",  U"p",  U"r",  U"s",  U"t",  U"v", U"x", U""};

// Rhymes (nucleus with glides, and coda) without tone. Source: the inventory of Vietnamese rhymes
// as in the orthography of the school dictionaries (Hoàng Phê, Từ điển tiếng Việt, introduction).
constexpr std::array kRhymes = {
    U"a",    U"ac",   U"ach",  U"ai",   U"am",   U"an",   U"ang",  U"anh",  U"ao",   U"ap",
    U"at",   U"au",   U"ay",   U"ăc",   U"ăm",   U"ăn",   U"ăng",  U"ăp",   U"ăt",   U"âc",
    U"âm",   U"ân",   U"âng",  U"âp",   U"ât",   U"âu",   U"ây",   U"e",    U"ec",   U"em",
    U"en",   U"eng",  U"eo",   U"ep",   U"et",   U"ê",    U"êch",  U"êm",   U"ên",   U"ênh",
    U"êp",   U"êt",   U"êu",   U"i",    U"ia",   U"ich",  U"iêc",  U"iêm",  U"iên",  U"iêng",
    U"iêp",  U"iêt",  U"iêu",  U"im",   U"in",   U"inh",  U"ip",   U"it",   U"iu",   U"o",
    U"oa",   U"oac",  U"oach", U"oai",  U"oam",  U"oan",  U"oang", U"oanh", U"oao",  U"oap",
    U"oat",  U"oay",  U"oăc",  U"oăm",  U"oăn",  U"oăng", U"oăt",  U"oc",   U"oe",   U"oen",
    U"oeo",  U"oet",  U"oi",   U"om",   U"on",   U"ong",  U"ooc",  U"oong", U"op",   U"ot",
    U"ô",    U"ôc",   U"ôi",   U"ôm",   U"ôn",   U"ông",  U"ôp",   U"ôt",   U"ơ",    U"ơi",
    U"ơm",   U"ơn",   U"ơp",   U"ơt",   U"u",    U"ua",   U"uân",  U"uâng", U"uât",  U"uây",
    U"uc",   U"uê",   U"uêch", U"uên",  U"uênh", U"ui",   U"um",   U"un",   U"ung",  U"uơ",
    U"uôc",  U"uôi",  U"uôm",  U"uôn",  U"uông", U"uôt",  U"up",   U"ut",   U"uy",   U"uya",
    U"uych", U"uyên", U"uyêt", U"uynh", U"uyt",  U"uyu",  U"uyn",  U"uyp",  U"ư",    U"ưa",
    U"ưc",   U"ưi",   U"ưm",   U"ưn",   U"ưng",  U"ươc",  U"ươi",  U"ươm",  U"ươn",  U"ương",
    U"ươp",  U"ươt",  U"ươu",  U"ưt",   U"ưu",   U"y",    U"yên",  U"yêm",  U"yêng", U"yêt",
    U"yêu",  U"ynh",  U"ych",  U"yt"};

const std::unordered_set<std::u32string_view>& rhymeTable() {
  static const std::unordered_set<std::u32string_view> kTable(kRhymes.begin(), kRhymes.end());
  return kTable;
}

bool endsWithStop(std::u32string_view rhyme) {
  return rhyme.ends_with(U"ch") || rhyme.ends_with(U"c") || rhyme.ends_with(U"p") ||
         rhyme.ends_with(U"t");
}

/// c and k, g and gh, ng and ngh share the vowels between them.
bool spellsTogether(std::u32string_view onset, std::u32string_view rhyme) {
  const char32_t first = rhyme.front();
  const bool front = first == U'e' || first == U'ê' || first == U'i' || first == U'y';
  if (onset == U"k") return front;
  if (onset == U"gh" || onset == U"ngh") return front && first != U'y';
  if (onset == U"c" || onset == U"g" || onset == U"ng") return !front;
  // Two p-words in ten thousand: pin, pa-nô; a full onset in borrowed and minority names.
  if (rhyme.size() > 1 && first == U'y' && rhyme[1] == U'ê') return onset.empty();
  return true;
}

}  // namespace

LetterParts takeApart(char32_t letter) {
  const auto found = letterTable().find(letter);
  return found == letterTable().end() ? LetterParts{} : found->second;
}

std::u32string toCodePoints(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      point = (point << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    out += point;
    i += length;
  }
  return out;
}

std::string toUtf8(const std::u32string& points) {
  std::string out;
  for (const char32_t p : points) {
    if (p < 0x80) {
      out += static_cast<char>(p);
    } else if (p < 0x800) {
      out += static_cast<char>(0xC0U | (p >> 6U));
      out += static_cast<char>(0x80U | (p & 0x3FU));
    } else if (p < 0x10000) {
      out += static_cast<char>(0xE0U | (p >> 12U));
      out += static_cast<char>(0x80U | ((p >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (p & 0x3FU));
    } else {
      out += static_cast<char>(0xF0U | (p >> 18U));
      out += static_cast<char>(0x80U | ((p >> 12U) & 0x3FU));
      out += static_cast<char>(0x80U | ((p >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (p & 0x3FU));
    }
  }
  return out;
}

bool isLegalSyllable(std::string_view text) {
  std::u32string plain;
  int tone = 0, toned = 0;
  for (const char32_t letter : toCodePoints(text)) {
    const LetterParts parts = takeApart(letter);
    if (!parts.known) return false;
    plain += parts.base;
    if (parts.tone != 0) {
      tone = parts.tone;
      ++toned;
    }
  }
  if (plain.empty() || plain.size() > 7 || toned > 1) return false;
  for (const std::u32string_view onset : kOnsets) {
    if (!plain.starts_with(onset)) continue;
    std::u32string_view rhyme = std::u32string_view(plain).substr(onset.size());
    std::u32string borrowed;
    if (onset == U"gi") {
      // gì, gìn, giếng: the i is onset and nucleus at once.
      if (rhyme.empty()) rhyme = U"i";
      if (rhyme == U"n" || rhyme.starts_with(U"ê")) {
        borrowed = U"i" + std::u32string(rhyme);
        rhyme = borrowed;
      }
    } else if (onset == U"qu") {
      // quyết, quý: the u belongs to the onset, y is the nucleus; quơ, quốc are as written.
      if (rhyme.starts_with(U"y")) {
        borrowed = U"u" + std::u32string(rhyme);
        rhyme = borrowed;
      }
    }
    if (rhyme.empty() || !rhymeTable().contains(rhyme)) continue;
    if (onset != U"qu" && onset != U"gi" && !spellsTogether(onset, rhyme)) continue;
    if (endsWithStop(rhyme) && tone != 1 && tone != 5) continue;
    return true;
  }
  return false;
}

}  // namespace sohoa
