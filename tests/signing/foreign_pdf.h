#pragma once

#include <string>

namespace sohoa::test {

/// A PDF as some other program might have written it; every shape differs from every other. What
/// varies: version 1.3 to 2.0, cross-reference tables, streams (with predictors) and hybrids,
/// object streams, earlier updates of either kind, line ends and white space, comments, free
/// entries and generations, direct and indirect /AcroForm, /Fields and /Annots, page trees, boxes
/// and rotation, empty signature fields, signatures made with OpenSSL alone.
struct ForeignPdf {
  std::string bytes;
  int signatures = 0;        ///< that are inside already
  std::string emptyField;    ///< name of an empty signature field; may be empty
  bool widgetApart = false;  ///< the widget of that field is a kid of it
  std::string shape;         ///< in words, for messages
};

ForeignPdf foreignPdf(unsigned seed);

}  // namespace sohoa::test
