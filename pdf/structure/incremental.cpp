#include "pdf/structure/incremental.h"

#include <fmt/format.h>

#include <stdexcept>

namespace sohoa {

IncrementalUpdate::IncrementalUpdate(const PdfRevisions& file)
    : file_(file), next_(file.nextNumber()) {}

PdfRef IncrementalUpdate::allocate() { return {next_++, 0}; }

void IncrementalUpdate::put(PdfRef reference, std::string body) {
  changes_[reference.number] = {reference.generation, std::move(body), {}};
}

void IncrementalUpdate::put(PdfRef reference, const PdfValue& value) {
  changes_[reference.number] = {reference.generation, serialise(value), value};
}

void IncrementalUpdate::putStream(PdfRef reference, PdfValue dictionary, std::string_view data) {
  dictionary.set("Length", PdfValue::ofInteger(static_cast<std::int64_t>(data.size())));
  std::string body = serialise(dictionary);
  body += "\nstream\n";
  body += data;
  body += "\nendstream";
  put(reference, std::move(body));
}

PdfValue IncrementalUpdate::current(PdfRef reference) const {
  const auto change = changes_.find(reference.number);
  if (change == changes_.end()) return file_.object(reference).value;
  if (change->second.value.is(PdfValue::Kind::null)) {
    throw std::logic_error("the object was put as text");
  }
  return change->second.value;
}

PdfValue IncrementalUpdate::trailerEntries(std::string_view changingId) const {
  PdfValue trailer = PdfValue::ofDictionary();
  for (const char* key : {"Root", "Info", "Encrypt"}) {
    if (const PdfValue* value = file_.trailer().find(key)) trailer.set(key, *value);
  }
  PdfValue permanent = PdfValue::ofString(changingId);
  const PdfValue id = file_.get(file_.trailer(), "ID");
  if (!id.items.empty() && id.items[0].is(PdfValue::Kind::string)) permanent = id.items[0];
  trailer.set("ID", PdfValue::ofArray({permanent, PdfValue::ofString(changingId)}));
  trailer.set("Prev",
              PdfValue::ofInteger(static_cast<std::int64_t>(file_.startxref() - file_.base())));
  return trailer;
}

IncrementalUpdate::Rendered IncrementalUpdate::render(std::string_view changingId) const {
  Rendered rendered;
  std::string& out = rendered.bytes;
  const std::size_t base = file_.bytes().size();
  // Cross-references count from the header where other bytes precede it.
  const auto offsetHere = [&] { return base + out.size() - file_.base(); };
  if (const char last = file_.bytes().back(); last != '\n' && last != '\r') out += '\n';

  std::map<std::uint32_t, std::pair<std::size_t, std::uint32_t>> places;  // offset, generation
  for (const auto& [number, change] : changes_) {
    places[number] = {offsetHere(), change.generation};
    out += fmt::format("{} {} obj\n", number, change.generation);
    rendered.bodies[number] = base + out.size();
    out += change.body;
    out += "\nendobj\n";
  }

  const std::size_t startxref = offsetHere();
  PdfValue trailer = trailerEntries(changingId);
  if (file_.sections().front().stream) {
    const std::uint32_t own = next_;  // the stream is an object too, and lists itself
    places[own] = {startxref, 0};
    std::string rows;
    std::vector<PdfValue> index;
    std::uint32_t expected = 0;
    for (const auto& [number, place] : places) {
      if (index.empty() || number != expected) {
        index.push_back(PdfValue::ofInteger(number));
        index.push_back(PdfValue::ofInteger(0));
      }
      ++index.back().integer;
      expected = number + 1;
      rows += '\1';
      for (int shift = 56; shift >= 0; shift -= 8) {
        rows += static_cast<char>(place.first >> shift & 0xff);
      }
      rows += static_cast<char>(place.second >> 8 & 0xff);
      rows += static_cast<char>(place.second & 0xff);
    }
    PdfValue dictionary = PdfValue::ofDictionary();
    dictionary.set("Type", PdfValue::ofName("XRef"));
    dictionary.set("W", PdfValue::ofArray({PdfValue::ofInteger(1), PdfValue::ofInteger(8),
                                           PdfValue::ofInteger(2)}));
    dictionary.set("Index", PdfValue::ofArray(std::move(index)));
    dictionary.set("Size", PdfValue::ofInteger(own + 1));
    for (auto& [key, value] : trailer.entries) dictionary.set(key, value);
    dictionary.set("Length", PdfValue::ofInteger(static_cast<std::int64_t>(rows.size())));
    out += fmt::format("{} 0 obj\n{}\nstream\n{}\nendstream\nendobj\n", own, serialise(dictionary),
                       rows);
  } else {
    out += "xref\n";
    for (auto first = places.begin(); first != places.end();) {
      auto last = first;
      std::uint32_t count = 0;
      while (last != places.end() && last->first == first->first + count) ++last, ++count;
      out += fmt::format("{} {}\n", first->first, count);
      for (; first != last; ++first) {
        out += fmt::format("{:010} {:05} n \n", first->second.first, first->second.second);
      }
    }
    trailer.set("Size", PdfValue::ofInteger(next_));
    out += "trailer\n" + serialise(trailer) + "\n";
  }
  out += fmt::format("startxref\n{}\n%%EOF\n", startxref);
  return rendered;
}

}  // namespace sohoa
