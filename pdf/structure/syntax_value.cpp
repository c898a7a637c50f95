#include "pdf/structure/syntax.h"

#include <charconv>

namespace sohoa {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

}  // namespace

std::string PdfRef::text() const {
  return std::to_string(number) + " " + std::to_string(generation) + " R";
}

PdfValue::PdfValue() = default;
PdfValue::~PdfValue() = default;
PdfValue::PdfValue(const PdfValue&) = default;
PdfValue::PdfValue(PdfValue&&) noexcept = default;
PdfValue& PdfValue::operator=(const PdfValue&) = default;
PdfValue& PdfValue::operator=(PdfValue&&) noexcept = default;

const PdfValue* PdfValue::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name == key) return value.is(Kind::null) ? nullptr : &value;
  }
  return nullptr;
}

void PdfValue::set(std::string_view key, PdfValue value) {
  for (auto& [name, old] : entries) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  entries.emplace_back(std::string(key), std::move(value));
}

void PdfValue::erase(std::string_view key) {
  std::erase_if(entries, [&](const auto& entry) { return entry.first == key; });
}

double PdfValue::number() const {
  if (kind == Kind::integer) return static_cast<double>(integer);
  if (kind != Kind::real) return 0;
  const bool plus = !text.empty() && text[0] == '+';
  double parsed = 0;
  std::from_chars(text.data() + (plus ? 1 : 0), text.data() + text.size(), parsed);
  return parsed;
}

PdfValue PdfValue::ofInteger(std::int64_t value) {
  PdfValue made;
  made.kind = Kind::integer;
  made.integer = value;
  return made;
}

PdfValue PdfValue::ofName(std::string_view name) {
  PdfValue made;
  made.kind = Kind::name;
  made.text = name;
  return made;
}

PdfValue PdfValue::ofString(std::string_view bytes) {
  PdfValue made;
  made.kind = Kind::string;
  made.text = bytes;
  return made;
}

PdfValue PdfValue::ofReference(PdfRef reference) {
  PdfValue made;
  made.kind = Kind::reference;
  made.reference = reference;
  return made;
}

PdfValue PdfValue::ofArray(std::vector<PdfValue> items) {
  PdfValue made;
  made.kind = Kind::array;
  made.items = std::move(items);
  return made;
}

PdfValue PdfValue::ofDictionary() {
  PdfValue made;
  made.kind = Kind::dictionary;
  return made;
}

namespace {

void appendName(std::string& out, std::string_view name) {
  out += '/';
  for (char c : name) {
    if (c > ' ' && c < 0x7f && c != '#' && !isPdfDelimiter(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '#';
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 15];
    }
  }
}

void append(std::string& out, const PdfValue& value) {
  using Kind = PdfValue::Kind;
  switch (value.kind) {
    case Kind::null:
      out += "null";
      break;
    case Kind::boolean:
      out += value.boolean ? "true" : "false";
      break;
    case Kind::integer:
      out += std::to_string(value.integer);
      break;
    case Kind::real:
      out += value.text;
      break;
    case Kind::string:
      out += '<';
      for (char c : value.text) {
        const auto byte = static_cast<unsigned char>(c);
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
      }
      out += '>';
      break;
    case Kind::name:
      appendName(out, value.text);
      break;
    case Kind::array: {
      out += '[';
      const char* separator = "";
      for (const PdfValue& item : value.items) {
        out += separator;
        append(out, item);
        separator = " ";
      }
      out += ']';
      break;
    }
    case Kind::dictionary:
      out += "<<";
      for (const auto& [name, item] : value.entries) {
        appendName(out, name);
        out += ' ';
        append(out, item);
        out += '\n';
      }
      if (out.back() == '\n') out.pop_back();
      out += ">>";
      break;
    case Kind::reference:
      out += value.reference.text();
      break;
  }
}

}  // namespace

std::string serialise(const PdfValue& value) {
  std::string out;
  append(out, value);
  return out;
}

std::int64_t integerOf(const PdfValue* value, std::int64_t otherwise) {
  return value != nullptr && value->is(PdfValue::Kind::integer) ? value->integer : otherwise;
}

}  // namespace sohoa
