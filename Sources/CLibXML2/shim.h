// The headers of CLibXML2 and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_CLIBXML2_H
#define DRAGOMAN_CLIBXML2_H
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlregexp.h>
#include <libxml/encoding.h>
#include <libxml/c14n.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlerror.h>

// xmlFree is a variable that holds a function, which Swift 6 refuses to read.
static inline void dragoman_xml_free(void *pointer) { xmlFree(pointer); }
#endif
