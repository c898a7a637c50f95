#include "signing/pades/form_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pdf/structure/signing_permissions.h"
#include "pdf/util/text_string.h"
#include "signing/appearance/page_geometry.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// Appends a reference to the array under `key`; if the array is an object of its own, only that
/// object changes. Returns true when `holder` itself was changed.
bool appendReference(const PdfRevisions& file, IncrementalUpdate& update, PdfValue& holder,
                     std::string_view key, PdfRef added) {
  const PdfValue* now = holder.find(key);
  if (now != nullptr && now->is(Kind::reference)) {
    PdfValue list = file.resolve(*now);
    if (list.is(Kind::array)) {
      list.items.push_back(PdfValue::ofReference(added));
      update.put(now->reference, list);
      return false;
    }
    now = nullptr;
  }
  PdfValue list = now != nullptr && now->is(Kind::array) ? *now : PdfValue::ofArray({});
  list.items.push_back(PdfValue::ofReference(added));
  holder.set(key, std::move(list));
  return true;
}

/// Adds a new field to /Fields (number 0: none) and sets /SigFlags.
void updateForm(const PdfRevisions& file, IncrementalUpdate& update, PdfRef field) {
  PdfValue catalog = file.catalog();
  const PdfValue* kept = catalog.find("AcroForm");
  PdfValue form = kept != nullptr ? file.resolve(*kept) : PdfValue{};
  const bool indirect = kept != nullptr && kept->is(Kind::reference) && form.is(Kind::dictionary);
  const PdfRef formRef = indirect ? kept->reference : PdfRef{};
  if (!form.is(Kind::dictionary)) form = PdfValue::ofDictionary();
  bool changed = field.number != 0 && appendReference(file, update, form, "Fields", field);
  // 12.7.2: SignaturesExist and AppendOnly. No /DA, /DR or /NeedAppearances: they would add fonts
  // that are not embedded, or make a reader change the file.
  const PdfValue flags = file.get(form, "SigFlags");
  if ((flags.integer & 3) != 3) {
    form.set("SigFlags", PdfValue::ofInteger(3 | flags.integer));
    changed = true;
  }
  if (!changed) return;
  if (indirect) {
    update.put(formRef, form);
    return;
  }
  const PdfRef made = update.allocate();
  update.put(made, form);
  catalog.set("AcroForm", PdfValue::ofReference(made));
  update.put(file.trailer().find("Root")->reference, catalog);
}

std::array<double, 4> rectangle(const PdfRevisions& file, const PdfValue& list) {
  std::array<double, 4> sides{};
  for (std::size_t i = 0; i < 4 && i < list.items.size(); ++i) {
    sides[i] = file.resolve(list.items[i]).number();
  }
  return {std::min(sides[0], sides[2]), std::min(sides[1], sides[3]), std::max(sides[0], sides[2]),
          std::max(sides[1], sides[3])};
}

/// Makes a form that shows another form centred in a box, scaled down evenly and upright as the
/// page is displayed: without it a viewer would stretch the inner form (12.5.5).
PdfRef fitted(IncrementalUpdate& update, const PlacedAppearance& appearance, double width,
              double height, int rotation) {
  const double w = appearance.width, h = appearance.height;
  const PdfRef made = update.allocate();
  PdfValue form = PdfValue::ofDictionary();
  form.set("Type", PdfValue::ofName("XObject"));
  form.set("Subtype", PdfValue::ofName("Form"));
  form.set("BBox", realValues({0, 0, width, height}));
  PdfValue resources = PdfValue::ofDictionary();
  std::string content;
  if (w > 0 && h > 0) {
    const bool sideways = rotation % 180 != 0;
    const double scale =
        std::min({(sideways ? height : width) / w, (sideways ? width : height) / h, 1.0});
    const auto turn = PageView::upright(rotation);
    PdfValue objects = PdfValue::ofDictionary();
    objects.set("S", PdfValue::ofReference(appearance.normal));
    resources.set("XObject", std::move(objects));
    content = fmt::format("q {:.5f} {:.5f} {:.5f} {:.5f} {:.3f} {:.3f} cm /S Do Q\n",
                          scale * turn[0], scale * turn[1], scale * turn[2], scale * turn[3],
                          (width - scale * (turn[0] * w + turn[2] * h)) / 2,
                          (height - scale * (turn[1] * w + turn[3] * h)) / 2);
  }
  form.set("Resources", std::move(resources));
  update.putStream(made, std::move(form), content);
  return made;
}

/// /Rotate of the page that the widget names; 0 when it names none.
int rotationAround(const PdfRevisions& file, const PdfValue& widget) {
  const PdfValue* page = widget.find("P");
  if (page == nullptr || !page->is(Kind::reference)) return 0;
  return readPage(file, page->reference).geometry.rotation;
}

}  // namespace

SigningForm::SigningForm(const PdfRevisions& file) : file_(file) {
  if (file.isEncrypted()) return;  // strings of an encrypted file are ciphertext
  fields_ = readSignatureFields(file);
  for (const SignatureField& field : fields_) taken_.insert(field.name);
  const PdfValue form = file.get(file.catalog(), "AcroForm");
  for (const PdfValue& item : file.get(form, "Fields").items) {
    const PdfValue title = file.get(file.resolve(item), "T");
    if (title.is(Kind::string)) taken_.insert(textOfPdfString(title.text));
  }
}

std::optional<ItemError> SigningForm::refusal() const {
  if (file_.isEncrypted()) return ItemError{Stage::signing, Cause::pdfEncrypted, "", ""};
  const auto refused = [](const char* why) {
    return ItemError{Stage::signing, Cause::documentNotSigned, "", why};
  };
  const PdfValue form = file_.get(file_.catalog(), "AcroForm");
  if (form.find("XFA") != nullptr) return refused("the document is an XFA form");
  if (readSigningPermissions(file_, fields_).certifiedNoChange) {
    return refused("the document is certified: no changes allowed");
  }
  return std::nullopt;
}

const SignatureField* SigningForm::emptyField(const std::string& name) const {
  for (const SignatureField& field : fields_) {
    if (field.name == name && !field.filled && field.fault == SignatureFault::none &&
        field.field.number != 0) {
      return &field;
    }
  }
  return nullptr;
}

std::string SigningForm::freeName(const std::string& wanted) const {
  // 12.7.3.2: a partial name contains no period.
  std::string name = wanted.empty() ? "Signature1" : wanted;
  std::replace(name.begin(), name.end(), '.', '_');
  if (taken_.count(name) == 0) return name;
  std::string stem = name;
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  for (int n = 2;; ++n) {
    name = stem + std::to_string(n);
    if (taken_.count(name) == 0) return name;
  }
}

bool SigningForm::locks(const std::string& name) const {
  return readSigningPermissions(file_, fields_).locks(name);
}

void addField(const PdfRevisions& file, IncrementalUpdate& update, const std::string& name,
              PdfRef signature, const PlacedAppearance& appearance) {
  DocumentPage page = appearance.page;
  const PdfRef widgetRef = update.allocate();
  PdfValue shown = PdfValue::ofDictionary();
  shown.set("N", PdfValue::ofReference(appearance.normal));
  PdfValue widget = PdfValue::ofDictionary();
  widget.set("Type", PdfValue::ofName("Annot"));
  widget.set("Subtype", PdfValue::ofName("Widget"));
  widget.set("FT", PdfValue::ofName("Sig"));
  widget.set("T", PdfValue::ofString(pdfStringOfText(name)));
  widget.set("V", PdfValue::ofReference(signature));
  widget.set("F", PdfValue::ofInteger(132));  // Print, Locked
  widget.set("P", PdfValue::ofReference(page.reference));
  widget.set("Rect", appearance.rect);
  widget.set("AP", std::move(shown));
  update.put(widgetRef, widget);
  if (appendReference(file, update, page.page, "Annots", widgetRef)) {
    update.put(page.reference, page.page);
  }
  updateForm(file, update, widgetRef);
}

void fillField(const PdfRevisions& file, IncrementalUpdate& update, const SignatureField& field,
               PdfRef signature, const PlacedAppearance& appearance) {
  PdfValue filled = field.fieldValue;
  filled.set("V", PdfValue::ofReference(signature));
  // Field and widget are one dictionary, or the widget is the first kid of the field.
  const PdfValue kids = file.get(filled, "Kids");
  PdfValue widget;
  PdfRef widgetRef{};
  if (!kids.items.empty()) {
    if (!kids.items.front().is(Kind::reference)) throw PdfSyntaxError("a widget without number", 0);
    widgetRef = kids.items.front().reference;
    widget = file.object(widgetRef).value;
    if (!widget.is(Kind::dictionary)) throw PdfSyntaxError("malformed widget", 0);
  }
  PdfValue& holder = widgetRef.number != 0 ? widget : filled;
  const auto sides = rectangle(file, file.get(holder, "Rect"));
  if (file.get(holder, "Subtype").isName("Widget")) {
    PdfValue shown = PdfValue::ofDictionary();
    shown.set("N",
              PdfValue::ofReference(fitted(update, appearance, sides[2] - sides[0],
                                           sides[3] - sides[1], rotationAround(file, holder))));
    holder.set("AP", std::move(shown));
  }
  update.put(field.field, filled);
  if (widgetRef.number != 0) update.put(widgetRef, widget);
  updateForm(file, update, {});
}

FieldRules rulesOf(const PdfRevisions& file, const SignatureField& field,
                   const std::string& digestName, const std::string& reason) {
  FieldRules rules;
  const PdfValue seed = file.get(field.fieldValue, "SV");
  const PdfValue flags = file.get(seed, "Ff");
  const auto required = [&](int bit) { return (flags.integer >> (bit - 1) & 1) != 0; };
  const auto names = [&](const char* key) {
    std::vector<std::string> list;
    for (const PdfValue& item : file.get(seed, key).items) {
      const PdfValue value = file.resolve(item);
      list.push_back(value.is(Kind::string) ? textOfPdfString(value.text) : value.text);
    }
    return list;
  };
  const auto has = [](const std::vector<std::string>& list, const std::string& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
  };
  const PdfValue filter = file.get(seed, "Filter");
  if (required(1) && filter.is(Kind::name) && filter.text != "Adobe.PPKLite") {
    rules.problem = "the field prescribes the signature handler " + filter.text;
  } else if (required(2) && !has(names("SubFilter"), "ETSI.CAdES.detached")) {
    rules.problem = "the field prescribes another kind of signature than PAdES";
  } else if (required(4) && seed.find("Reasons") != nullptr && !has(names("Reasons"), reason)) {
    rules.problem = "the field prescribes the reason for signing";
  } else if (required(7) && !has(names("DigestMethod"), digestName)) {
    rules.problem = "the field prescribes another digest than " + digestName;
  } else if (file.get(file.get(seed, "Cert"), "Ff").integer != 0) {
    rules.problem = "the field prescribes who may sign";
  } else if (file.get(file.get(seed, "MDP"), "P").integer > 0) {
    rules.problem = "the field asks for a certification";
  }
  // Table 233: the field's lock is copied into the signature when it is made.
  const PdfValue lock = file.get(field.fieldValue, "Lock");
  if (!lock.is(Kind::dictionary)) return rules;
  PdfValue parameters = PdfValue::ofDictionary();
  parameters.set("Type", PdfValue::ofName("TransformParams"));
  parameters.set("V", PdfValue::ofName("1.2"));
  for (const char* key : {"Action", "Fields"}) {
    const PdfValue value = file.get(lock, key);
    if (!value.is(Kind::null)) parameters.set(key, value);
  }
  PdfValue reference = PdfValue::ofDictionary();
  reference.set("Type", PdfValue::ofName("SigRef"));
  reference.set("TransformMethod", PdfValue::ofName("FieldMDP"));
  reference.set("TransformParams", std::move(parameters));
  rules.references = PdfValue::ofArray({std::move(reference)});
  return rules;
}

}  // namespace sohoa
