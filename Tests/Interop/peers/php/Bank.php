<?php
declare(strict_types=1);

/// The bank of wsdl/bank.wsdl with two accounts that never change.
final class Bank
{
    private const ERIKA = 9007199254740993; // 2^53 + 1: lost by whoever reads it as a Double.
    private const ZOE = 9223372036854775807;

    public function GetAccount(object $request): array
    {
        $account = $this->find($request->AccountId);
        if (!($request->Verbose ?? false)) {
            unset($account['Transfer']);
        }
        return ['GetAccountResult' => $account];
    }

    public function ListAccounts(object $request): array
    {
        $kept = [];
        foreach ($this->accounts() as $account) {
            $ofOwner = !isset($request->Owner) || $request->Owner === $account['Owner'];
            $inCurrency = empty($request->Currency) || in_array($account['Currency'], $request->Currency, true);
            if ($ofOwner && $inCurrency) {
                unset($account['Transfer']);
                $kept[] = $account;
            }
        }
        return ['Account' => $kept];
    }

    public function OpenAccount(object $request): array
    {
        return ['AccountId' => self::ZOE - 1, 'Iban' => 'DE02120300000000202051'];
    }

    public function CloseAccount(object $request): array
    {
        $this->find($request->AccountId);
        return [];
    }

    public function Transfer(object $request): array
    {
        $account = $this->find($request->From);
        $amount = $request->Amount->_;
        if ($this->cents($amount) > $this->cents($account['Balance'])) {
            $missing = ['_' => '0.10', 'currency' => 'EUR'];
            $detail = ['AccountId' => $request->From, 'Balance' => $account['Balance'], 'Missing' => $missing];
            throw new SoapFault('Client', 'Not enough money', null, $detail, 'InsufficientFunds');
        }
        $receipt = "transfer of {$amount} {$request->Amount->currency}: " . ($request->Purpose ?? '-');
        return ['TransferId' => self::ERIKA + 2, 'Balance' => '0.00', 'Receipt' => $receipt];
    }

    public function NotifyAudit(object $request): void
    {
    }

    private function find(int $id): array
    {
        foreach ($this->accounts() as $account) {
            if ($account['AccountId'] === $id) {
                return $account;
            }
        }
        throw new SoapFault('Client', "There is no account $id", null, ['AccountId' => $id], 'NoSuchAccount');
    }

    private function accounts(): array
    {
        return [
            [
                'status' => 'active', 'AccountId' => self::ERIKA, 'Iban' => 'DE89370400440532013000',
                'Owner' => 'Erika Müßtermann 🐉', 'Balance' => '10.50', 'Currency' => 'EUR', 'Opened' => '1999-12-31+01:00',
                'Closed' => null, 'Overdraft' => ['_' => '250.00', 'currency' => 'EUR'], 'Label' => ['giro'],
                'Transfer' => [[
                    'TransferId' => self::ERIKA + 1, 'From' => self::ERIKA, 'ToIban' => 'CH9300762011623852957',
                    'Amount' => ['_' => '0.50', 'currency' => 'EUR'], 'Purpose' => 'Käse & <Brot>',
                    'Booked' => '2026-02-28T23:59:59.120+05:30',
                ]],
            ],
            [
                'status' => 'closed', 'AccountId' => self::ZOE, 'Iban' => 'CH9300762011623852957',
                'Owner' => 'Zoë', 'Balance' => '-0.05', 'Currency' => 'CHF', 'Opened' => '2001-09-11',
                'Closed' => '2020-02-29', 'Label' => [], 'Transfer' => [],
            ],
        ];
    }

    /// An amount in cents, without a Double.
    private function cents(string $amount): int
    {
        [$whole, $fraction] = array_pad(explode('.', $amount), 2, '');
        return (int) ($whole . str_pad($fraction, 2, '0'));
    }
}
