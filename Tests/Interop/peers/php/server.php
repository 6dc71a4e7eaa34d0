<?php
// ext-soap in WSDL mode behind PHP's own web server: /bank, /types and /ledger, each in SOAP 1.1 and 1.2.
declare(strict_types=1);

require __DIR__ . '/Bank.php';
require __DIR__ . '/Types.php';
require __DIR__ . '/Ledger.php';

$services = [
    '/bank' => [Bank::class, '/bank.wsdl'],
    '/types' => [Types::class, '/interop/types.wsdl'],
    '/ledger' => [Ledger::class, '/interop/ledger.wsdl'],
];
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/broken') {
    // What a web server in front of a dead service says.
    http_response_code(500);
    header('Content-Type: text/html');
    echo '<html><body><h1>It broke</h1></body>';
    return;
}
if (!isset($services[$path])) {
    http_response_code(404);
    return;
}
[$class, $wsdl] = $services[$path];
$server = new SoapServer(getenv('INTEROP_WSDL') . $wsdl, [
    'cache_wsdl' => WSDL_CACHE_NONE,
    // Answers in the version of the request.
    'soap_version' => SOAP_1_2,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
]);
$server->setClass($class);
$server->handle();
